from rumskoll.cli import main

if __name__ == "__main__":
    main()
